"""Spoiled files of every binary format: a network, a dataset or one line that refuses it; nothing else."""

from fractions import Fraction

import numpy as np
import onnxruntime
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from onnx import helper

from checker.dataset import Dataset
from checker.errors import InputError
from checker.formats import npz, onnx_graph, parquet, safetensors_file
from checker.network import Network
from tests.checker import foreign, test_npz, test_onnx, test_parquet, test_safetensors

READERS = {
    "npz network": (npz.parse_network, "n.npz", ()),
    "npz dataset": (npz.parse_dataset, "d.npz", (None,)),
    "onnx": (onnx_graph.parse_network, "n.onnx", ()),
    "safetensors": (safetensors_file.parse_network, "n.safetensors", ()),
    "parquet": (parquet.parse_dataset, "d.parquet", ("decimal", 1)),
}
CORPUS = {
    "npz network": [
        foreign.npz(**foreign.network_arrays()),
        test_npz.bomb(800),
        *(case[0] for case in test_npz.NETWORKS_REFUSED.values()),
    ],
    "npz dataset": [foreign.npz(inputs=np.eye(2), outputs=np.ones(2))],
    "onnx": [*test_onnx.SAME_FUNCTION.values(), *(case[0] for case in test_onnx.REFUSED.values())],
    "safetensors": [
        test_safetensors.named({}),
        test_safetensors.named(test_safetensors.SEQUENTIAL),
        *(case[0] for case in test_safetensors.REFUSED.values()),
    ],
    "parquet": [test_parquet.GOOD, *(case[0] for case in test_parquet.REFUSED.values())],
}


@st.composite
def spoiled(draw, form):
    """A file of the corpus, a few of whose bytes are changed, left out or repeated."""
    data = bytearray(draw(st.sampled_from(CORPUS[form])))
    assume(0 < len(data) < 100_000)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, max(len(data) - 1, 0)))
        end = start + draw(st.integers(0, 8))
        other = draw(st.integers(0, max(len(data) - 1, 0)))
        data[start:end] = draw(st.binary(max_size=8) | st.just(bytes(data[other : other + 16])))
    return bytes(data)


def outcome(form, data):
    """The network or dataset in the data, or the line that refuses it."""
    read, name, arguments = READERS[form]
    try:
        value = read(name, data, *arguments)
    except InputError as error:
        assert error.source == name and error.reason and str(error).isprintable()
        return None
    assert type(value) is (Dataset if "d." in name else Network)
    return value


@pytest.mark.parametrize("form", READERS)
@settings(max_examples=150)
@given(data=st.data())
def test_a_spoiled_file_is_read_or_refused(form, data):
    outcome(form, data.draw(spoiled(form)))


@pytest.mark.parametrize("form", READERS)
@settings(max_examples=60)
@given(data=st.binary(max_size=200))
def test_any_bytes_are_refused(form, data):
    assert outcome(form, data) is None


@pytest.mark.parametrize("form", READERS)
def test_no_part_of_a_file_is_a_network_or_dataset(form):
    """Every file cut short is refused. ONNX has no end mark: a model without its last fields may be whole."""
    data = CORPUS[form][0]
    values = [outcome(form, data[:n]) for n in range(0, len(data), max(len(data) // 100, 1))]
    assert form == "onnx" or not any(values)


OPERATORS = st.sampled_from(["Gemm", "MatMul", "Add", "Sub", "Relu", "Flatten", "Reshape", "Identity"])
ATTRIBUTES = st.one_of(
    st.tuples(st.sampled_from(["alpha", "beta"]), st.sampled_from([0.0, 0.5, -2.0])),
    st.tuples(st.sampled_from(["transA", "transB", "axis", "allowzero"]), st.sampled_from([-2, -1, 0, 1, 2])),
)


@st.composite
def rewired(draw):
    """A model of the corpus with an input, an operator, an attribute or a length changed, or a node put in."""
    model = foreign.reloaded(draw(st.sampled_from(sorted(test_onnx.SAME_FUNCTION.values()))))
    graph = model.graph
    names = sorted({"x", *(t.name for t in graph.initializer), *(name for node in graph.node for name in node.output)})
    value, lengths = st.sampled_from(names), st.sampled_from([-1, 0, 1, 2, 3])
    for _ in range(draw(st.integers(1, 2))):
        node = draw(st.sampled_from(list(graph.node)))
        change = draw(st.sampled_from(["input", "operator", "attribute", "length", "shape", "node"]))
        if change == "input" and node.input:
            node.input[draw(st.integers(0, len(node.input) - 1))] = draw(value | st.just(""))
        elif change == "operator":
            node.op_type = draw(OPERATORS)
        elif change == "attribute":
            name, number = draw(ATTRIBUTES)
            kept = [attribute for attribute in node.attribute if attribute.name != name]
            del node.attribute[:]
            node.attribute.extend([*kept, helper.make_attribute(name, number)])
        elif change == "length" and graph.initializer and graph.initializer[0].dims:
            tensor = draw(st.sampled_from(list(graph.initializer)))
            tensor.dims[:] = draw(st.permutations(tensor.dims) | st.lists(lengths, max_size=3))
        elif change == "shape":
            said = draw(st.sampled_from([graph.input[0], graph.output[0]])).type.tensor_type.shape
            said.dim[draw(st.integers(0, len(said.dim) - 1))].dim_value = draw(lengths)
        elif change == "node":
            place, read = draw(st.integers(0, len(graph.node))), draw(st.lists(value, min_size=1, max_size=2))
            graph.node.insert(place, helper.make_node(draw(OPERATORS), read, ["new"]))
            if place + 1 < len(graph.node) and graph.node[place + 1].input:
                graph.node[place + 1].input[0] = "new"
    return model.SerializeToString()


@settings(max_examples=150)
@given(data=rewired())
def test_a_rewired_model_is_refused_or_what_the_runtime_computes(data):
    network = outcome("onnx", data)
    if network is None:
        return
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    start = next(value for value in session.get_inputs() if value.name == "x")
    kind = {"tensor(double)": "f8", "tensor(float)": "f4"}[start.type]
    point = np.resize(np.array([0.5, -1.25, 3.0], kind), network.widths[0])
    (found,) = session.run([session.get_outputs()[0].name], {"x": point.reshape([1, *start.shape[1:]])})
    exact = network.preactivations(tuple(Fraction(v) for v in point.tolist()))[-1]
    assert found.shape == (1, len(exact))
    np.testing.assert_allclose(found[0], [float(q) for q in exact], rtol=1e-5, atol=1e-5)
