"""Where labelling is done: in this process, in several, or elsewhere."""
