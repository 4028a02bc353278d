"""A reader switches language; driven by Dash's own test browser."""

from __future__ import annotations

from dash.testing.browser import Browser


def test_the_other_language_keeps_every_choice(dash_br: Browser, server: str) -> None:
    # Setting the address of the server also opens it, so the page itself is set.
    dash_br.server_url = f"{server}/nl/onderwerp/meerjarencontracten?insurer=vgz"
    dash_br.wait_for_contains_text("#gp_contract_term", "2 jaar")
    assert dash_br.find_element("html").get_attribute("lang") == "nl"

    dash_br.driver.find_element("link text", "English").click()
    dash_br.wait_for_contains_text("#content #gp_contract_term", "2 years")

    assert dash_br.driver.current_url == f"{server}/en/topic/multi-year-contracts?insurer=vgz"
    assert dash_br.find_element("html").get_attribute("lang") == "en"
    assert "VGZ" in dash_br.find_element("#gp_contract_term").text
    assert "Menzis" not in dash_br.find_element("#gp_contract_term").text

    dash_br.driver.back()
    dash_br.wait_for_contains_text("#content #gp_contract_term", "2 jaar")
    assert dash_br.get_logs() == [], "the browser console must stay silent"
