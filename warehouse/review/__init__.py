"""Hold a release that is made but not published against the one that is served."""
