"""What gunicorn serves: `gunicorn dashboard.wsgi:app`. Each worker opens its own database."""

from __future__ import annotations

from dashboard.app import create_app
from dashboard.editions import add_staff_guard, chosen_edition
from dashboard.site import open_site

app = create_app(open_site)
if chosen_edition() == "staff":
    add_staff_guard(app)
