"""Crosswalks: how the names of suppliers lead to today's regions, as configuration."""
