"""The portal as it may be one migration later."""
