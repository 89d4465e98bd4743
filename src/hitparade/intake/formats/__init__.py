"""Formats: one module for each layout of files that people hold; each looks at a file's head and says yes or no."""
