"""The edge cases: what each is, its data, and what the commands must say about it."""

from dataclasses import dataclass

CERTIFIED, REFUSED, IMPOSSIBLE, POSSIBLE = "CERTIFIED", "REFUSED", "IMPOSSIBLE", "POSSIBLE"


@dataclass(frozen=True)
class Case:
    """One dataset (CSV, the last column the output), the widths, and the verdict that it must have.

    CERTIFIED: a network is built, and the judge certifies it. REFUSED: none is built, and the reason has these words.
    IMPOSSIBLE, POSSIBLE: of any network with these widths. network: this one is certified, none is built.
    words: the answer has them. options: of construct.
    """

    name: str
    why: str
    rows: str
    widths: str
    verdict: str = CERTIFIED
    words: str = ""
    options: tuple[str, ...] = ()
    network: str = ""

    @property
    def dataset(self) -> str:
        """The dataset as a CSV file."""
        return self.rows.replace(" ", "\n") + "\n"


def _network(*layers: tuple[str, str, str]) -> str:
    shown = (f'{{"weights": {w}, "bias": {b}, "activation": "{activation}"}}' for w, b, activation in layers)
    return f'{{"format": "exact-relu-network/1", "layers": [{", ".join(shown)}]}}'


BENDS = ('[["1"], ["1"]]', '["0", "-1"]', "relu")
ZIGZAG = ('[["1", "-2"]]', '["0"]')
KINK = _network(BENDS, (*ZIGZAG, "identity"))
KNOT = _network(BENDS, (*ZIGZAG, "relu"), ('[["1"]]', '["0"]', "identity"))
COLLIDING = "0,9,1 1,0,2 2,5,3 3,5,4"
ARTICLE = ("--method", "inoue", "--projection", "article")
HUGE = 10**40

CASES = (
    Case("a1-is-1", "one group: the first layer is a single neuron", "0,3 1,-1 2,4 3,-1", "1,4"),
    Case("a2-is-1", "groups of one point: the second layer is a single neuron", "0,3 1,-1 2,4 3,-1", "4,1"),
    Case("both-widths-1", "the smallest theorem: one point", "5,7", "1,1"),
    Case("one-point", "one point and more neurons than it needs", "1/3,2,-7", "3,3"),
    Case("fewer-points", "5 < 3*3: the last groups are short or empty", "0,1 1,0 2,1 3,0 4,1", "3,3"),
    Case("exactly-full", "6 = 2*3: every place is used", "0,1 1,0 2,1 3,0 4,1 5,0", "2,3"),
    Case(
        "one-too-many",
        "N = a1*a2 + 1 is more than the theorem promises: refused, with N and the room there is",
        "0,1 1,0 2,1 3,0 4,1",
        "2,2",
        REFUSED,
        "5 distinct points, but widths 2,2 have room for a1*a2 = 4",
    ),
    Case(
        "one-too-many-fits",
        "the promise is not the limit: those five points do fit 2,2",
        "0,1 1,0 2,1 3,0 4,1",
        "2,2",
        POSSIBLE,
    ),
    Case(
        "zigzag-of-3",
        "and no parameters at all fit three points that go up and down to 1,1",
        "0,0 1,1 2,0",
        "1,1",
        IMPOSSIBLE,
    ),
    Case("constant-outputs", "all outputs equal", "0,2 1,2 2,2 3,2", "2,2"),
    Case("equal-but-one", "all outputs equal but one", "0,0 1,0 2,1 3,0", "2,2"),
    Case("zero-outputs", "all outputs 0", "0,0 1,0 2,0 3,0", "2,2"),
    Case("collinear-inputs", "inputs on a line in space", "0,0,0,1 1,2,3,0 2,4,6,5 3,6,9,2", "2,2"),
    Case("permuted-coordinates", "sums of coordinates all collide", "1,2,3,1 2,3,1,0 3,1,2,5 1,3,2,2", "2,2"),
    Case("square", "every single coordinate collides", "0,0,1 0,1,0 1,0,0 1,1,1", "2,2"),
    Case("program-collision", "the projection of the published program collides here; ours does not", COLLIDING, "2,2"),
    Case(
        "program-collision-refused",
        "asked for the program's projection, the construction names the two rows that collide",
        COLLIDING,
        "2,2",
        REFUSED,
        "the projection sends both inputs to",
        ARTICLE,
    ),
    Case("program-collision-2", "the same with two points", "0,5,1 1,0,2", "1,2"),
    Case(
        "program-collision-2-refused",
        "both inputs go to 5",
        "0,5,1 1,0,2",
        "1,2",
        REFUSED,
        "rows 1 and 2: the projection sends both inputs to 5",
        ARTICLE,
    ),
    Case(
        "program-collision-5",
        "the smallest with five inputs, the article's number: values 0, 1, 2 are enough",
        "0,0,1,0,0,1 0,0,0,2,1,2",
        "1,2",
    ),
    Case(
        "program-collision-5-refused",
        "both inputs go to 7",
        "0,0,1,0,0,1 0,0,0,2,1,2",
        "1,2",
        REFUSED,
        "rows 1 and 2: the projection sends both inputs to 7",
        ARTICLE,
    ),
    Case(
        "program-collision-decimals",
        "the program takes the least difference to be 1: decimals collide at every scale",
        "0,0.32,1 0.1,0,2",
        "1,2",
        REFUSED,
        "rows 1 and 2: the projection sends both inputs to 8/25",
        ARTICLE,
    ),
    Case("huge-gaps", "gaps of 1 and of 10^40", f"0,1 1,0 {HUGE},1 {HUGE + 1},0", "2,2"),
    Case("tiny-gaps", "gaps of 10^-40 and of 1", f"0,1 1/{HUGE},0 1,1 {HUGE + 1}/{HUGE},0", "2,2"),
    Case("huge-outputs", "outputs of very different size", f"0,{HUGE} 1,-{HUGE} 2,1/{HUGE} 3,0", "2,2"),
    Case("negative-and-fractional", "signs and denominators everywhere", "-7/3,1/2 -1/2,-5/7 0,0 2/9,-11/13", "2,2"),
    Case("decimals", "0.1 is 1/10, not a float", "0.1,0.2 0.3,0.7 -0.2,1.5", "2,2"),
    Case("unsorted", "rows in any order", "3,1 0,2 2,3 1,4", "2,2"),
    Case("duplicates-equal", "a row twice is one point: these five rows are four points", "0,1 1,0 0,1 2,1 3,0", "2,2"),
    Case(
        "duplicates-unequal", "no function has two values at one input", "0,1 1,0 0,2", "2,2", REFUSED, "rows 1 and 3"
    ),
    Case(
        "kink-on-data",
        "points exactly on the breakpoints 0 and 1: relu(0) = 0, and the margin is 0",
        "-1,0 0,0 1,1 2,0",
        "2",
        words="smallest |preactivation| 0,",
        network=KINK,
    ),
    Case(
        "knot-on-data",
        "the second layer's preactivation is exactly 0 at three of four points",
        "-1,0 0,0 1,1 2,0",
        "2,1",
        words="smallest |preactivation| 0,",
        network=KNOT,
    ),
    Case(
        "kinks-are-free", "and the search for widths (2) finds such a network itself", "-1,0 0,0 1,1 2,0", "2", POSSIBLE
    ),
    Case(
        "method-inoue", "the article's construction on short groups", "0,1 1,0 2,1 3,0 4,1", "3,2", options=ARTICLE[:2]
    ),
    Case("method-float64", "integer weights", "0,1 1,0 2,1 3,0 4,1", "5,2", options=("--method", "float64")),
    Case(
        "method-float64-full",
        "the float64 construction has room for half the groups only",
        "0,1 1,0 2,1 3,0 4,1",
        "3,2",
        REFUSED,
        "room for ((a1+1) div 2)*a2 = 4",
        ("--method", "float64"),
    ),
)
