"""Characters, tokens and quotation marks."""
