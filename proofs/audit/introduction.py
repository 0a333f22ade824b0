"""What stands before a proof for reading: how a step is read, and for Theorem 3 its idea. `[[name]]` is a link."""

HOW_TO_READ = """\
A formula holds for all values of its variables. `and` binds tighter than `or`, both tighter than `=>`; `<=>` is
"exactly when". The kinds of step:

- **Assumption**: a hypothesis gets a name. What rests on it says *under*, until a *discharge* puts its proof in.
- **Definition**: a symbol gets one equation for each case. It is proved that no two cases overlap and that nothing is
  divided by 0; outside of its cases the symbol may be anything. A symbol that was free until then may be defined
  late, from symbols that do not depend on it: what was proved before holds whatever it is.
- **Definition by recursion on n**: it calls itself, and it is proved that n is not negative there and lower in every
  call.
- **Direct**: the formula follows from the numbered ones, each at some values of its variables. In one *query* a
  solver finds "these, and not that" unsatisfiable: no quantifier, only arithmetic of integers and reals.
- **Induction on n from s**: two queries, P(s), and P(n+1) from P(n) for n >= s. The start s may be another variable.
- **Discharge**: the same formula, without the assumptions whose proofs are named.
"""

LETTERS = {
    "N": "the number of rows",
    "n": "the number of input coordinates",
    "X": "X(k, l) is coordinate l of row k, any real number",
    "Y": "Y(k) is the output of row k, any real number",
    "a1": "the number of first-layer neurons",
    "a2": "the number of second-layer neurons",
    "witness": "witness(k, k2) is a coordinate in which rows k and k2 differ",
}
"""What the symbols of the task stand for: these get no definition."""

THEOREM3 = """\
The rows are k = 0, ..., N-1. The network has the weights W1 ([[forward.W1]]), b1 ([[forward.b1]]), W2
([[network.weight]]), b2 ([[network.bias]]), W3 ([[forward.W3]]) and b3 ([[forward.b3]]). F(k) is what it gives for
row k: relu of the first layer ([[forward.h1]]), relu of the second ([[forward.h2]]), and the last sum
([[forward.value]]).

Of the hypotheses, `distinct` is that the rows differ pairwise: exactly then there is a function `witness` that names
for any two rows a coordinate in which they differ. The network does not depend on it. The others are N <= a1 a2, and
that the sizes are positive (n may be 0: then there is one row). Nothing is supposed of the numbers X and Y: the least
gap and the greatest difference that the proof needs are computed from X at its end, from [[theorem3.magnitude]] on.

## The idea

*To a line.* Every first-layer neuron takes the same combination p = (1, K, K^2, ...) of the coordinates, with K so
large that different rows stay apart. From there on the data are N numbers, sorted, and their outputs.

*Groups and cells.* The sorted points are cut into r = ceil(N / a2) <= a1 groups of a2 neighbours (the last one is
filled up). Breakpoints b(0) < group 0 < b(1) < group 1 < ... < b(r) stand between the groups, and first-layer neuron
m is relu(t - b(m)). So on a cell, between two breakpoints, each preactivation of the second layer is a straight line,
and W2 can make it any broken line that bends at breakpoints only.

*One broken line for each neuron.* G_j goes through the j-th point of every group, counted from the left in groups 0,
2, ... and from the right in groups 1, 3, ...; G_{-1} is a constant C below the data. That leaves one choice to G_j,
its value z_j at b(0). A line that starts far below its point ends far above it. So with z_j far out G_j is far out at
every breakpoint, below and above in turn; it is steeper than the data on every cell, and rises and falls in turn.
Seen in the direction of the count, which turns as well, it does the same on all cells: G_0 rises, G_1 falls, G_2
rises, ... Hence G_{j-1} and G_j cross exactly once on every cell, between points j-1 and j.

*The network.* Preactivation j is g_j = u_j (G_j - G_{j-1}) with u_j = (-1)^j: negative up to point j-1, positive from
point j on. At point q of any group the neurons 0, ..., q are on and the others off, and the sum telescopes to the
line through that point:

    f = C + u_0 g_0 + ... + u_q g_q = C + (G_0 - C) + (G_1 - G_0) + ... + (G_q - G_{q-1}) = G_q

    one cell,         b(i)      point 0      point 1      point 2      b(i+1)     (mirrored for odd i)
    a2 = 3            |            o            o            o         |
    neuron 0          |    off  |  on   on   on   on   on   on   on    |          | is its knot, where
    neuron 1          |    off  off  off  |  on   on   on   on   on    |          its preactivation is 0
    neuron 2          |    off  off  off  off  off  |  on   on   on    |
    f                 |           G_0          G_1          G_2        |

*The order below.* Everything about sorted points on a line comes first, for any breakpoints, C and z with the
properties needed (`separated`, `below`, `steep`); then these are chosen. Next the rows: they are ranked and filled up
to whole groups, and the sums of the file's network are shown to be those on the line. Last, p is chosen. In words u_j
is sign(j), z_j is z(j), W2[j][m] is W2(j, m), and G_j has the value G(i, j) at b(i) and the slope S(i, j) on cell i."""

IDEAS = {"theorem3": THEOREM3}
