"""What makes harvesters stick, delete, hijack or say nothing: one module by case, on a real site, with real servers."""
