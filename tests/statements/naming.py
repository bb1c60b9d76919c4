"""Names that belong to nobody."""

import random


class Namer:
    """Made-up names, built of syllables: the same seed gives the same names."""

    def __init__(self, seed: int = 0) -> None:
        self.random = random.Random(seed)

    def word(self, syllables: int = 2) -> str:
        return "".join(self.random.choice("bdfgklmnprstvz") + self.random.choice("aeiou") for _ in range(syllables)).capitalize()

    def person(self) -> str:
        return f"{self.word()} {self.word()}"

    def acronym(self, letters: int = 4) -> str:
        return "".join(self.random.choice("BCDFGHJKLMNPQRTVWXZ") for _ in range(letters))
