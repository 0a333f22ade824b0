"""ONNX networks: the operators of a ReLU network, exactly; anything else is refused, naming node and operator."""

import sys
from fractions import Fraction

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper

from checker.dataset import Dataset
from checker.engines.binary64 import prepared
from checker.formats import arrays, content_sha256, onnx_graph, read_network
from checker.judge import Certified, zero_error
from tests.checker import foreign
from tests.checker.foreign import gemms, matmuls, model, node, tensor, tensors
from tests.checker.test_npz import refusal

F64, F32 = TensorProto.DOUBLE, TensorProto.FLOAT


def info(name, shape, kind=F64):
    return helper.make_tensor_value_info(name, kind, shape)


@pytest.fixture
def small(file):
    """The network that the small models say, from NPZ."""
    return read_network(file("small.npz", foreign.npz(**foreign.network_arrays()))).value


def read(file, data):
    return read_network(file("n.onnx", data)).value


def constants(nodes):
    """W1, b1, ... as Constant nodes before the others."""
    return [node("Constant", "", t.name, value=t) for t in tensors()] + nodes


def of_constants():
    built = constants(gemms())
    for one in built[:6]:
        del one.input[:]
    return built


def flat(operator, *inputs, **attributes):
    """The input (N, 1, 2) made a matrix, then the chain of Gemms."""
    rest = gemms()
    rest[0].input[0] = "f"
    return [node(operator, " ".join(("x", *inputs)), "f", **attributes), *rest]


def through_identities():
    rest = gemms()
    rest[0].input[0], rest[0].input[1], rest[2].output[0] = "i", "w", "o"
    return [node("Identity", "x", "i"), node("Identity", "W1", "w"), *rest, node("Identity", "o", "y")]


def shape(*lengths):
    return tensor("s", np.array(lengths, "int64"))


RELU_TWICE = [*gemms()[:2], node("Relu", "h", "k"), node("Gemm", "k W2 b2", "y", transB=1)]
B1_ROW = [t if t.name != "b1" else tensor("b1", foreign.B1.reshape(1, 3)) for t in tensors()]
DEAD = [node("Gemm", "x W1 b1", "dead", transB=1), node("Relu", "dead", "deader"), *gemms()]
SAME_FUNCTION = {
    "gemm": foreign.onnx_bytes(),
    "float32": foreign.onnx_bytes("float32"),
    "matmul": model(matmuls(), tensors()),
    "gemm without transB": model([node("Gemm", "x V1 b1", "z"), *gemms()[1:]], tensors()),
    "gemm without C": model([node("Gemm", "x W1", "p", transB=1), *matmuls()[1:]], tensors()),
    "constants": model(of_constants()),
    "identities": model(through_identities(), tensors()),
    "relu twice": model(RELU_TWICE, tensors()),
    "bias as a row": model(gemms(), B1_ROW),
    "batch of one": model(gemms(), tensors(), (1, 2), (1, 1)),
    "flatten": model(flat("Flatten"), tensors(), ("N", 1, 2)),
    "flatten negative axis": model(flat("Flatten", axis=-2), tensors(), ("N", 1, 2)),
    "reshape -1": model(flat("Reshape", "s"), [*tensors(), shape(-1, 2)], ("N", 1, 2)),
    "reshape 0": model(flat("Reshape", "s"), [*tensors(), shape(0, -1)], ("N", 1, 2)),
    "reshape 1": model(flat("Reshape", "s"), [*tensors(), shape(1, -1)], (1, 2, 1), (1, 1)),
    "dead branch": model(DEAD, tensors()),
    "unused tensor": model(gemms(), [*tensors(), tensor("u", np.array([np.nan]))]),
    "sub of zeros": model(
        flat("Sub", "a")[:1] + [node("Flatten", "f", "g"), node("Gemm", "g W1 b1", "z", transB=1), *gemms()[1:]],
        [*tensors(), tensor("a", np.zeros((1, 1, 2)))],
        ("N", 1, 2),
    ),
    "sub of the negated bias": model(
        [matmuls()[0], node("Sub", "p c1", "z"), *matmuls()[2:]], [*tensors(), tensor("c1", -foreign.B1)]
    ),
    "tensors as inputs": model(
        gemms(), tensors(), inputs=[info("W1", (3, 2)), info("x", ("N", 2)), info("b1", (3,))]
    ),
    "no names": model([node(n.op_type, " ".join(n.input), n.output[0], transB=1) if n.op_type == "Gemm" else n
                       for n in gemms()], tensors()),
    "oldest opset": model(gemms(), tensors(), opset=7),
}  # fmt: skip


@pytest.mark.parametrize("case", SAME_FUNCTION)
def test_the_same_function_is_the_same_network(file, small, case):
    network = read(file, SAME_FUNCTION[case])
    assert network == small and content_sha256(network) == content_sha256(small)


@pytest.mark.parametrize("case", [case for case in SAME_FUNCTION if case != "unused tensor"])
def test_the_runtime_agrees_exactly_on_dyadic_points(file, case):
    network = read(file, SAME_FUNCTION[case])
    session = onnxruntime.InferenceSession(SAME_FUNCTION[case], providers=["CPUExecutionProvider"])
    start = next(value for value in session.get_inputs() if value.name == "x")
    lengths = [n if isinstance(n, int) else 1 for n in start.shape]
    for point in [(0, 0), (1, -2), (-7, 3), (0.5, 0.25)]:
        kind = {"tensor(double)": "f8", "tensor(float)": "f4"}[start.type]
        (y,) = session.run(["y"], {"x": np.array(point, kind).reshape(lengths)})
        assert [Fraction(v) for v in y.ravel().tolist()] == list(
            network.preactivations(tuple(map(Fraction, point)))[-1]
        )


def scaled_by(**attributes):
    """The function x of one number, as 2^-120 times 2^120 x or by other attributes."""
    weights = [tensor("W", np.array([[2.0**120]], "float32")), tensor("b", np.array([0.0], "float32"))]
    return model([node("Gemm", "x W b", "y", **attributes)], weights, ("N", 1), ("N", 1), kind=F32)


def test_what_a_runtime_multiplies_it_may_overflow_in(file):
    """onnxruntime gives an infinity at 2^16; the exact product is the input itself."""
    data = scaled_by(alpha=2.0**-120)
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    assert session.run(None, {"x": np.array([[2.0**16]], "float32")})[0] == np.inf
    at = Dataset(((Fraction(2**16),),), ((Fraction(2**16),),))
    network = read(file, data)
    assert isinstance(zero_error(network, at), Certified)
    assert "layer 1 is scaled as a whole" in prepared(network, "float32")(at).obstacle
    assert "layer 1 is scaled as a whole" in prepared(read(file, scaled_by(beta=2.0)), "float32")(at).obstacle
    assert "scaled" not in prepared(read(file, scaled_by(alpha=-1.0, beta=-1.0)), "float32")(at).obstacle


def test_alpha_and_beta_are_multiplied_out_exactly(file, small):
    network = read(file, model(gemms(alpha=0.1, beta=-3.0), tensors()))
    alpha = Fraction(np.float32(0.1).item())
    first, old = network.layers[0], small.layers[0]
    assert first.weights == tuple(tuple(alpha * q for q in row) for row in old.weights)
    assert first.bias == tuple(-3 * q for q in old.bias) and network.layers[1] == small.layers[1]


@pytest.mark.parametrize("c", [np.array(7.0), np.array([7.0]), np.array([[7.0]])], ids=lambda c: str(c.shape))
def test_one_number_is_the_bias_of_every_neuron(file, c):
    changed = [t if t.name != "b1" else tensor("b1", c) for t in tensors()]
    for nodes in (gemms(), matmuls()):
        assert read(file, model(nodes, changed)).layers[0].bias == (7, 7, 7)


def test_layers_with_nothing_between_have_identity_activation(file, small):
    nodes = [gemms()[0], node("Gemm", "z W2 b2", "y", transB=1)]
    network = read(file, model(nodes, tensors()))
    assert [layer.activation for layer in network.layers] == ["identity", "identity"]
    assert [layer.weights for layer in network.layers] == [layer.weights for layer in small.layers]


def test_a_graph_that_ends_in_relu_gets_an_identity_layer(file, monkeypatch):
    nodes = [gemms()[0], node("Relu", "z", "y")]
    data = model(nodes, tensors(), end=("N", 3))
    network = read(file, data)
    assert [layer.activation for layer in network.layers] == ["relu", "identity"]
    assert network.layers[1].weights == ((1, 0, 0), (0, 1, 0), (0, 0, 1)) and network.layers[1].bias == (0, 0, 0)
    monkeypatch.setattr(onnx_graph, "IDENTITY_WIDTH", 2)
    assert "ends in Relu, with more than 2 outputs" in refusal(read, file, data).reason


def test_one_tensor_may_serve_several_layers(file):
    w, b = tensor("w", np.array([[1.0, 2.0], [3.0, 4.0]])), tensor("b", np.array([-1.0, 1.0]))
    nodes = [node("Gemm", "x w b", "z", transB=1), node("Relu", "z", "h"), node("Gemm", "h w b", "y")]
    network = read(file, model(nodes, [w, b], end=("N", 2)))
    assert network.layers[0].weights == ((1, 2), (3, 4)) and network.layers[1].weights == ((1, 3), (2, 4))
    assert network.layers[0].bias == network.layers[1].bias


@pytest.mark.parametrize("value", [5e-324, -0.0, 2.0**1023, 0.1])
def test_extreme_numbers_are_exact(file, value):
    data = model([node("Gemm", "x w", "y")], [tensor("w", np.array([[value], [1]]))])
    assert read(file, data).layers[0].weights == ((Fraction(value), 1),)


def test_tensors_may_be_spelled_as_lists_of_numbers(file, small):
    spelled = [helper.make_tensor(t.name, F64, t.dims, onnx.numpy_helper.to_array(t).ravel()) for t in tensors()]
    assert spelled[0].double_data and read(file, model(gemms(), spelled)) == small


def with_weights(array):
    return [t if t.name != "W1" else tensor("W1", array) for t in tensors()]


def nan_at(row, column):
    array = foreign.W1.copy()
    array[row, column] = np.nan
    return array


def edited(change, nodes=None, start=("N", 2)):
    """The small model after change(its protobuf)."""
    return model(nodes or gemms(), tensors(), start, edit=change)


def external(built):
    built.graph.initializer[0].data_location = TensorProto.EXTERNAL
    built.graph.initializer[0].external_data.add(key="location", value="../../etc/passwd")


def external_quietly(built):
    built.graph.initializer[0].external_data.add(key="location", value="/dev/zero")


def external_constant(built):
    external(built)
    moved = built.graph.initializer.pop(0)
    constant = helper.make_node("Constant", [], [moved.name], value=moved)
    built.graph.node.insert(0, constant)


def longer(built):
    built.graph.initializer[0].dims[0] = 2**40


def minus(built):
    built.graph.initializer[0].dims[:] = [-1, 2]


def constants_of_minus():
    value = helper.make_tensor("c", F64, [1, 2], [1.0, 2.0])
    value.dims[:] = [-1, 2]
    return [helper.make_node("Constant", [], ["c"], value=value), *gemms()]


def both(built):
    built.graph.initializer[0].double_data.append(1.0)


def cut(built):
    built.graph.initializer[0].raw_data = built.graph.initializer[0].raw_data[:-1]


def behind(built):
    built.graph.initializer[0].raw_data += b"\0" * 8


def no_opset(built):
    del built.opset_import[:]


def first_opset(built):
    """Valid to ONNX's checker: a model so old has opset 1, whose Add takes a vector for any axis."""
    no_opset(built)
    built.ir_version = 1
    built.graph.input.extend(info(t.name, list(t.dims)) for t in built.graph.initializer)


def two_opsets(built):
    built.opset_import.add(domain="ai.onnx", version=7)


def function(built):
    built.functions.add(name="Relu", domain="mine")


def sparse(built):
    built.graph.sparse_initializer.add()


def foreign_domain(built):
    built.graph.node[1].domain = "com.example"


def if_node(built):
    branch = helper.make_graph(gemms(), "b", [], [info("y", ("N", 1))])
    built.graph.node.append(helper.make_node("If", ["x"], ["w"], then_branch=branch, else_branch=branch))


CYCLE = [node("MatMul", "x V1", "p"), node("Add", "p r", "z"), node("Relu", "z", "r"), *gemms()[2:]]
SKIP = [*gemms()[:2], node("Add", "z h", "s"), node("Gemm", "s W2 b2", "y", transB=1)]
REFUSED = {
    # data, part of the place, part of the reason
    "empty": (b"", "", "not a valid ONNX model"),
    "text": (b"not a model", "", "not an ONNX model"),
    "truncated": (foreign.onnx_bytes()[:-20], "", "not an ONNX model"),
    "npz": (foreign.npz(**foreign.network_arrays()), "", "not an ONNX model"),
    "no graph": (onnx.ModelProto(ir_version=8).SerializeToString(), "", "not a valid ONNX model"),
    "sigmoid": (model([gemms()[0], node("Sigmoid", "z", "h"), gemms()[2]], tensors()), "node 1 'h'", "'Sigmoid'"),
    "softmax": (model([*gemms()[:2], node("Softmax", "h", "y")], tensors(), end=("N", 3)), "node 2 'y'", "'Softmax'"),
    "lrn": (model([node("LRN", "x W1", "y")], tensors()), "node 0 'y'", "the operator 'LRN' is not one of"),
    "leaky": (model([gemms()[0], node("LeakyRelu", "z", "h"), gemms()[2]], tensors()), "node 1", "'LeakyRelu'"),
    "batch norm": (model([node("BatchNormalization", "x b1 b1 b1 b1", "y")], tensors()), "", "'BatchNormalization'"),
    "dropout": (model([*gemms(), node("Dropout", "y", "d")], tensors()), "node 3 'd'", "'Dropout'"),
    "cast": (model([node("Cast", "x", "y", to=F32)], tensors()), "node 0 'y'", "'Cast'"),
    "named": (model([node("Tanh", "x", "y", name="the node")], tensors()), "node 0 'the node'", "'Tanh'"),
    "if": (edited(if_node), "node 3 'w'", "'If'"),
    "other domain": (edited(foreign_domain), "node 1 'h'", "'com.example.Relu'"),
    "functions": (edited(function), "", "functions and sparse initializers are not read"),
    "sparse": (edited(sparse), "", "functions and sparse initializers are not read"),
    "external": (edited(external), "'W1'", "its numbers are in another file"),
    "external quietly": (edited(external_quietly), "'W1'", "its numbers are in another file"),
    "external constant": (edited(external_constant), "node 0 'W1'", "its numbers are in another file"),
    "cycle": (model(CYCLE, tensors()), "", "topologically sorted"),
    "own output": (model([node("Add", "y b1", "y")], tensors(), end=("N", 3)), "", "topologically sorted"),
    "order": (model(gemms()[::-1], tensors()), "", "topologically sorted"),
    "defined twice": (model([*gemms(), node("Relu", "z", "h")], tensors()), "", "not a valid ONNX model"),
    "two inputs": (
        model(gemms(), tensors(), inputs=[info("x", ("N", 2)), info("x2", ("N", 2))]),
        "",
        "2 inputs and 1 outputs: one of each is read",
    ),
    "two outputs": (
        model(gemms(), tensors(), outputs=[info("y", ("N", 1)), info("z", ("N", 3))]),
        "",
        "1 inputs and 2 outputs: one of each is read",
    ),
    "tensor as another input": (
        model(gemms(), tensors(), inputs=[info("x", ("N", 2)), info("W1", (2, 3))]),
        "'W1'",
        "declared with another shape than (3, 2)",
    ),
    "no outputs": (model(gemms(), tensors(), outputs=[]), "", "1 inputs and 0 outputs"),
    "output from nowhere": (model(gemms(), tensors(), outputs=[info("v", ("N", 1))]), "", "not an output of any node"),
    "output is the input": (model([], outputs=[info("x", ("N", 2))]), "'x'", "no Gemm or MatMul between"),
    "output is a constant": (model(gemms(), tensors(), outputs=[info("W1", (3, 2))]), "'W1'", "no Gemm or MatMul"),
    "output shape": (model(gemms(), tensors(), end=("N", 2)), "'y'", "declared with the shape (None, 2), computed"),
    "output rank": (model(gemms(), tensors(), end=("N", 1, 1)), "'y'", "declared with the shape (None, 1, 1)"),
    "output type": (model(gemms(), tensors(), outputs=[info("y", ("N", 1), F32)]), "'y'", "type is not the input's"),
    "skip": (model(SKIP, tensors()), "node 2 's'", "Add: input 0 is not a constant"),
    "square": (model([node("MatMul", "x x", "y")], end=("N", 2)), "node 0 'y'", "MatMul: input 1 is not a constant"),
    "left": (model([node("MatMul", "W1 x", "y")], tensors()), "node 0", "MatMul: input 0 does not depend"),
    "constants only": (model([node("MatMul", "W1 V1", "y")], tensors()), "node 0", "MatMul: input 0 does not depend"),
    "transA": (model(gemms(transA=1), tensors()), "node 0 'z'", "Gemm: transA mixes the points"),
    "alpha nan": (model(gemms(alpha=float("nan")), tensors()), "node 0 'z' alpha", "nan is not a number"),
    "beta infinite": (model(gemms(beta=float("inf")), tensors()), "node 0 'z' beta", "inf is not a number"),
    "transB wrong": (model(gemms(transB=0), tensors()), "node 0 'z'", "Gemm: 2 inputs for weights that take 3"),
    "attribute": (model(gemms(gamma=1.0), tensors()), "", "not a valid ONNX model"),
    "attribute type": (model(gemms(alpha=1), tensors()), "", "not a valid ONNX model"),
    "widths": (model(gemms(), with_weights(np.ones((3, 5)))), "node 0", "Gemm: 2 inputs for weights that take 5"),
    "vector weights": (model(gemms(), with_weights(np.ones(2))), "node 0", "Gemm: expected matrices"),
    "zero width": (model(gemms(), with_weights(np.ones((0, 2)))), "node 0", "Gemm: expected matrices"),
    "bias too long": (model([node("Gemm", "x W1 W2", "z", transB=1), *gemms()[1:]],
                            [*tensors()[:2], tensor("W2", np.ones(4)), *tensors()[3:]]), "node 0", "broadcast"),
    "bias per point": (model([node("Gemm", "x W1 V2", "z", transB=1), *gemms()[1:]], tensors()), "node 0", "broadcast"),
    "bias widens": (model([node("MatMul", "x V1", "p"), node("MatMul", "p V2", "q"), node("Add", "q b1", "y")],
                          tensors(), end=("N", 3)), "node 2 'y'", "Add: the shape (3,) does not broadcast"),
    "bias rank": (model([matmuls()[0], node("Add", "p B", "z"), *matmuls()[2:]],
                        [*tensors(), tensor("B", np.ones((1, 1, 3)))]), "node 1 'z'", "Add: the shape (1, 1, 3)"),
    "add behind a bias": (model([gemms()[0], node("Add", "z b1", "w"), node("Relu", "w", "h"), gemms()[2]], tensors()),
                          "node 1 'w'", "Add: it is not the bias of a MatMul or Gemm"),
    "add behind relu": (model([*gemms()[:2], node("Add", "h b1", "w"), node("Gemm", "w W2", "y", transB=1)],
                              tensors()), "node 2 'w'", "Add: it is not the bias"),
    "add behind relu without bias": (model([matmuls()[0], node("Relu", "p", "r"), node("Add", "r b1", "h"),
                                            *matmuls()[3:]], tensors()), "node 2 'h'", "Add: it is not the bias"),
    "a tensor overwritten": (model([node("Identity", "x", "W1"), *gemms()], tensors()), "", "not a valid ONNX model"),
    "the input overwritten": (model([node("Identity", "W1", "x"), *gemms()], tensors()), "", "not a valid ONNX model"),
    "shifted input": (model([node("Add", "x W", "s"), node("Gemm", "s W1 b1", "z", transB=1), *gemms()[1:]],
                            [*tensors(), tensor("W", np.ones(2))]), "node 0 's'", "Add: it is not the bias"),
    "constant minus": (model([matmuls()[0], node("Sub", "b1 p", "z"), *matmuls()[2:]], tensors()),
                       "node 1 'z'", "Sub: input 0 does not depend"),
    "relu first": (model([node("Relu", "x", "r"), node("Gemm", "r W1 b1", "y", transB=1)], tensors(), end=("N", 3)),
                   "node 0 'r'", "Relu: no Gemm or MatMul before it"),
    "not flattened": (model(matmuls(), tensors(), ("N", 1, 2), ("N", 1, 1)), "node 0 'p'", "MatMul: expected matrices"),
    "flatten axis 0": (model(flat("Flatten", axis=0), tensors(), ("N", 1, 2)), "node 0 'f'", "Flatten: axis 0 mixes"),
    "flatten axis 2": (model(flat("Flatten", axis=2), tensors(), ("N", 1, 2)), "node 0 'f'", "Flatten: axis 2"),
    "reshape batch": (model(flat("Reshape", "s"), [*tensors(), shape(1, -1)], ("N", 1, 2)), "node 0", "(1, -1)"),
    "reshape mixes": (model(flat("Reshape", "s"), [*tensors(), shape(-1, 1)], ("N", 1, 2)), "node 0", "(-1, 1)"),
    "reshape tensor": (model(flat("Reshape", "s"), [*tensors(), shape(-1, 1, 2)], ("N", 1, 2)), "node 0", "not that"),
    "reshape zero": (model(flat("Reshape", "s", allowzero=1), [*tensors(), shape(0, -1)], ("N", 1, 2), opset=14),
                     "node 0 'f'", "Reshape: to (0, -1) does not keep"),
    "fixed batch": (model(gemms(), tensors(), (5, 2), (5, 1)), "'x'", "a batch of 5"),
    "empty batch": (model(gemms(), tensors(), (0, 2), (0, 1)), "'x'", "expected a shape of a batch"),
    "vector input": (model(gemms(), tensors(), (2,)), "'x'", "expected a shape of a batch and known lengths"),
    "unknown length": (model(gemms(), tensors(), ("N", "n")), "'x'", "expected a shape of a batch and known lengths"),
    "unknown rank": (model(gemms(), tensors(), None), "", "not a valid ONNX model"),
    "half": (model(gemms(), tensors("float16"), kind=TensorProto.FLOAT16), "'W1'", "type FLOAT16"),
    "bfloat": (model([node("Relu", "x", "y")], kind=TensorProto.BFLOAT16), "'x'", "type BFLOAT16: float32 and"),
    "integers": (model([node("Relu", "x", "y")], kind=TensorProto.INT64), "'x'", "type INT64"),
    "mixed types": (model(gemms(), tensors("float32")), "node 0 'z'", "input 1 has type float32, the graph's input"),
    "nan": (model(gemms(), with_weights(nan_at(2, 1))), "node 0 'z' weights[2][1]", "nan is not a number"),
    "nan transposed": (model([node("Gemm", "x V b1", "z"), *gemms()[1:]], [*tensors(), tensor("V", nan_at(2, 1).T)]),
                       "node 0 'z' weights[2][1]", "nan is not a number"),
    "infinity": (model(gemms(), [*tensors()[:1], tensor("b1", np.array([0, np.inf, 0])), *tensors()[2:]]),
                 "node 0 'z' bias[1]", "inf is not a number"),
    "huge dims": (edited(longer), "", "not a valid ONNX model"),
    "negative dims": (edited(minus), "", "not a valid ONNX model"),
    "negative dims of a constant": (model(constants_of_minus(), tensors()), "", "not a valid ONNX model"),
    "two spellings": (edited(both), "", "not a valid ONNX model"),
    "cut tensor": (edited(cut), "", "raw_data size (47 bytes) is too small"),
    "longer tensor": (edited(behind), "", ""),
    "no opset": (edited(no_opset), "", "not a valid ONNX model"),
    "first opset": (edited(first_opset, matmuls()), "", "0 opsets of ONNX named: one is expected"),
    "two opsets": (edited(two_opsets), "", "2 opsets of ONNX named: one is expected"),
    "old opset": (model(gemms(), tensors(), opset=6), "", "opset 6: 7 to"),
    "opset to come": (model(gemms(), tensors(), opset=999), "", "opset 999: 7 to"),
    "constant of text": (model([helper.make_node("Constant", [], ["c"], value_string="x"), *gemms()], tensors()),
                         "node 0 'c'", "Constant: expected one tensor or number"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_model_is_refused(file, case):
    data, place, reason = REFUSED[case]
    error = refusal(read_network, file("n.onnx", data))
    assert (error.source, place in error.place, reason in error.reason) == ("n.onnx", True, True), error


def test_external_data_is_not_looked_for(file, folder):
    (folder / "W1.bin").write_bytes(foreign.W1.tobytes())
    data = edited(external).replace(b"../../etc/passwd", b"W1.bin".ljust(16, b"\0"))
    assert "in another file" in refusal(read_network, file("n.onnx", data)).reason


def test_what_many_nodes_read_of_one_tensor_counts_each_time(file, monkeypatch):
    monkeypatch.setattr(arrays, "NUMBERS", 30)
    monkeypatch.setattr(arrays, "NUMBERS_PER_BYTE", 0)
    data = model([*(node("Gemm", "x W1 b1", f"d{k}", transB=1) for k in range(5)), *gemms()], tensors())
    assert "36 numbers" in refusal(read_network, file("n.onnx", data)).reason


def test_a_wide_input_costs_nothing(file):
    nodes = [node("Add", "x zero", "s"), *gemms()]
    data = model(nodes, [*tensors(), tensor("zero", np.array(1.0))], ("N", 2**40))
    assert "it is not the bias" in refusal(read_network, file("n.onnx", data)).reason


def test_too_many_nodes_are_refused(file, monkeypatch):
    monkeypatch.setattr(onnx_graph, "NODES", 2)
    assert "3 nodes (the most that are read is 2)" in refusal(read_network, file("n.onnx", foreign.onnx_bytes())).reason


def test_the_package_is_imported_by_nobody_who_reads_other_files(command, pair):
    script = "import sys; from checker.__main__ import main; main(sys.argv[1:]); print('onnx' in sys.modules)"
    result = command("certify", *pair, "-q", module=("-c", script))
    assert result.stdout.splitlines()[-1] == b"False" and "onnx" in sys.modules
