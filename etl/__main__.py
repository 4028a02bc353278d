"""The operator's commands: python -m etl build | check | releases | rebuild and more."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from etl.commands.build import add_build
from etl.commands.check import add_check
from etl.commands.common import Options
from etl.commands.example import add_example
from etl.commands.rebuild import add_rebuild
from etl.commands.releases import add_releases
from etl.messages import LANGUAGES, Language, Messages
from warehouse.command_words import speak


def make_cli(language: Language) -> click.Group:
    """Make the commands, with help in one language.

    Args:
        language: The language of help and messages.
    """
    options = Options(Messages(language))
    # The language is already chosen: help needs it before options are read.
    lang = click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        expose_value=False,
        help=options.words("option_lang"),
    )

    @click.group(
        help=options.words("group"),
        context_settings={"max_content_width": 100},
        options_metavar=options.words("metavar_options"),
        subcommand_metavar=options.words("metavar_command"),
    )
    @lang
    def cli() -> None:
        pass

    for add in (add_build, add_check, add_example, add_rebuild, add_releases):
        add(cli, options)
    for command in cli.commands.values():
        lang(command)
        command.options_metavar = options.words("metavar_options")
        for option in command.params:
            if option.metavar is None and not getattr(option, "is_flag", False):
                option.metavar = _metavar(option, options)
    return cli


def _metavar(option: click.Parameter, options: Options) -> str | None:
    """Say in the language of the operator what an option wants; None where the library can."""
    if isinstance(option.type, click.Path):
        return options.words("metavar_file" if option.name == "html" else "metavar_folder")
    if isinstance(option.type, click.types.IntParamType):
        return options.words("metavar_number")
    is_text = isinstance(option.type, click.types.StringParamType)
    return options.words("metavar_text") if is_text else None


def choose_language(arguments: Sequence[str]) -> Language:
    """Find the language before the command line is read, so that help can use it too.

    Args:
        arguments: The command line.

    Returns:
        What --lang or else ETL_LANG says; Dutch when neither says a language we have.
    """
    chosen = os.environ.get("ETL_LANG", "nl")
    for position, argument in enumerate(arguments):
        if argument == "--lang" and position + 1 < len(arguments):
            chosen = arguments[position + 1]
        elif argument.startswith("--lang="):
            chosen = argument.removeprefix("--lang=")
    return chosen if chosen in LANGUAGES else "nl"


def main() -> None:
    """Run the command line."""
    language = choose_language(sys.argv[1:])
    speak(language)
    make_cli(language)(prog_name="python -m etl")


if __name__ == "__main__":
    main()
