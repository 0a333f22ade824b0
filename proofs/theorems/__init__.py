"""The statements, one file each, for all widths, dimensions and data; `chain` has them in order."""
