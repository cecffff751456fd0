package io.graft.engine.conversion.bert;

import io.graft.engine.conversion.onnx.OnnxFile;
import io.graft.engine.conversion.onnx.OnnxNode;
import io.graft.engine.conversion.onnx.OnnxTensor;
import io.graft.engine.conversion.problem.ImportException;
import io.graft.engine.conversion.problem.ImportProblem;
import io.graft.engine.safetensors.TensorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds each tensor of a BERT in an ONNX graph that PyTorch exported. Embeddings, norms and biases keep their names. The
 * weights of linear layers become anonymous ({@code onnx::MatMul_123}) and transposed; the MatMul node that uses one is
 * named after the module: {@code /encoder/layer.0/attention/self/query/MatMul}.
 */
final class BertWeights {
    private static final String POSITION_IDS = "embeddings.position_ids";
    private static final String MATMUL = "/MatMul";
    private static final String CURE = "Only encoders exported from BertModel with PyTorch can be converted";

    private final OnnxFile file;
    private final Map<String, BertWeight> found = new HashMap<>();

    private BertWeights(OnnxFile file) {
        this.file = file;
    }

    /** Names every initializer; one that is used by no module and is more than a scalar is an error. */
    static Map<String, BertWeight> find(OnnxFile file) {
        BertWeights weights = new BertWeights(file);
        Map<String, OnnxTensor> anonymous = weights.takeNamed();
        Set<String> used = weights.takeMatMuls(anonymous);
        List<String> left = anonymous.values().stream()
                .filter(tensor -> !used.contains(tensor.name()) && tensor.elements() > 1)
                .map(OnnxTensor::name)
                .toList();
        if (!left.isEmpty()) {
            throw weights.notBert("weights that belong to no known module: " + left);
        }
        return weights.found;
    }

    /** Pairs what a BERT of this shape needs with what was found. */
    static Map<String, BertWeight> match(OnnxFile file, Map<String, BertWeight> found, BertShape shape) {
        BertWeights weights = new BertWeights(file);
        Map<String, BertWeight> matched = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (TensorSpec wanted : shape.tensors().values()) {
            @Nullable BertWeight weight = found.get(wanted.name());
            if (weight == null) {
                problems.add("no " + wanted.name());
                continue;
            }
            List<Long> dims = weight.source().dims();
            List<Long> shaped = weight.transposed() ? dims.reversed() : dims;
            if (!shaped.equals(wanted.shape()) || weight.source().elementType() != OnnxTensor.FLOAT) {
                problems.add(wanted.name() + " is " + shaped + " of type "
                        + weight.source().elementType() + ", not float " + wanted.shape());
            }
            matched.put(wanted.name(), weight);
        }
        for (String name : found.keySet().stream().sorted().toList()) {
            if (!matched.containsKey(name) && !problems.contains("no " + name)) {
                problems.add("unexpected " + name);
            }
        }
        if (!problems.isEmpty()) {
            throw weights.notBert(String.join("; ", problems));
        }
        return matched;
    }

    private Map<String, OnnxTensor> takeNamed() {
        Map<String, OnnxTensor> anonymous = new LinkedHashMap<>();
        for (OnnxTensor tensor : file.initializers()) {
            boolean named = tensor.name().startsWith("embeddings.")
                    || tensor.name().startsWith("encoder.")
                    || tensor.name().startsWith("pooler.");
            if (named && !tensor.name().equals(POSITION_IDS)) {
                put(tensor.name(), new BertWeight(tensor, false));
            } else if (!named) {
                anonymous.put(tensor.name(), tensor);
            }
        }
        return anonymous;
    }

    private Set<String> takeMatMuls(Map<String, OnnxTensor> anonymous) {
        Set<String> used = new HashSet<>();
        for (OnnxNode node : file.nodes()) {
            OnnxTensor weight =
                    node.operation().equals("MatMul") && node.inputs().size() == 2
                            ? anonymous.get(node.inputs().getLast())
                            : null;
            if (weight != null && node.name().startsWith("/") && node.name().endsWith(MATMUL)) {
                String module = node.name().substring(1, node.name().length() - MATMUL.length());
                put(module.replace('/', '.') + ".weight", new BertWeight(weight, true));
                used.add(weight.name());
            }
        }
        return used;
    }

    private void put(String name, BertWeight weight) {
        if (found.put(name, weight) != null) {
            throw notBert("two tensors for " + name);
        }
    }

    private ImportException notBert(String what) {
        return new ImportException(ImportProblem.NOT_BERT, file.name(), what, CURE);
    }
}
