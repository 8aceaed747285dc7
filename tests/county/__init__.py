"""The demo county, in parts: phrase banks (kinds), amounts over the years (history), and the files of a report."""
