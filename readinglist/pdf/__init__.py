"""Everything that opens a PDF: the only user of PyMuPDF, imported when the first file is looked at."""
