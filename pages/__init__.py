"""The screens, one file each; what they are built of stands in `parts`."""
