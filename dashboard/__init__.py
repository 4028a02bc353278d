"""What readers see: views, pages and the plain files of the site."""
