"""From the neutral tree to Dash components, and the callbacks that keep them in step."""
