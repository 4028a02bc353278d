"""Figures: pure functions from a tidy frame to a Plotly figure as a plain dict.

`FIGURES` finds a function by the name that an indicator's `chart` has. Every function takes
the frame and `style`; what else it takes, and which columns it reads, its own text says.
`frame.py` describes the columns. `figure["layout"]["height"]` is the height to give a figure.
"""
