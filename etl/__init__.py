"""From files to raw tables: finds deliveries, holds them to their contract, loads them once."""
