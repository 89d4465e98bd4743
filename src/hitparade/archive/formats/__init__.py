"""The layouts in which published charts are held, one module each; see :mod:`hitparade.archive.recognise`."""
