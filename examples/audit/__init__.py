"""A trained classifier from elsewhere, audited; any ONNX network beside ONNX Runtime."""
