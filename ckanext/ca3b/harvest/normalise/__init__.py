"""Values of any shape as the portal writes them; what is not understood is given back as it was."""
