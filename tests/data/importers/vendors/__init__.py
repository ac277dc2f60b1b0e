"""Lists as other programs write them, made by hand after what is published of their exports."""
