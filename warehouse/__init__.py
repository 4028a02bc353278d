"""The meeting point: from raw tables to published ones, and the reading of them.

Knows neither where files come from (`etl`) nor how pages look (`dashboard`).
"""
