package io.graft.engine.conversion.bert;

import io.graft.engine.conversion.json.JsonDocument;
import io.graft.engine.conversion.onnx.OnnxFile;
import io.graft.engine.conversion.onnx.OnnxNode;
import io.graft.engine.conversion.onnx.OnnxTensor;
import io.graft.engine.conversion.problem.ImportException;
import io.graft.engine.conversion.problem.ImportProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The {@code config.json} of a converted BERT. Sizes come from the shapes, the number of heads and the norms' epsilon from
 * constants of the graph; what a graph cannot tell (dropout, initialisation) is BERT's default and has no effect on inference.
 *
 * @param heads attention heads; divides the hidden size
 * @param epsilon added to the variance in layer normalisation
 * @param padToken id of the padding token
 */
record BertConfig(BertShape shape, int heads, double epsilon, long padToken) {
    private static final String ATTENTION = "/encoder/layer.0/attention/self/";
    private static final String NORM = "/embeddings/LayerNorm/";

    /** Works out the configuration. */
    static BertConfig read(OnnxFile file, Map<String, BertWeight> weights, long padToken) throws IOException {
        List<Long> words = dims(file, weights, "embeddings.word_embeddings.weight");
        int layers = 0;
        while (weights.containsKey("encoder.layer." + layers + ".output.dense.weight")) {
            layers++;
        }
        BertShape shape = new BertShape(
                words.getFirst(),
                dims(file, weights, "embeddings.position_embeddings.weight").getFirst(),
                dims(file, weights, "embeddings.token_type_embeddings.weight").getFirst(),
                words.getLast(),
                dims(file, weights, "encoder.layer.0.intermediate.dense.bias").getFirst(),
                layers,
                weights.containsKey("pooler.dense.weight"));
        if (file.nodes().stream().noneMatch(node -> node.operation().equals("Erf"))) {
            throw notBert(file, "the activation is not the exact GELU");
        }
        return new BertConfig(shape, heads(file, shape.hidden()), epsilon(file), padToken);
    }

    /** The file's text. */
    String toJson() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("architectures", List.of("BertModel"));
        config.put("attention_probs_dropout_prob", 0.1);
        config.put("classifier_dropout", null);
        config.put("hidden_act", "gelu");
        config.put("hidden_dropout_prob", 0.1);
        config.put("hidden_size", shape.hidden());
        config.put("initializer_range", 0.02);
        config.put("intermediate_size", shape.intermediate());
        config.put("layer_norm_eps", epsilon);
        config.put("max_position_embeddings", shape.positions());
        config.put("model_type", "bert");
        config.put("num_attention_heads", heads);
        config.put("num_hidden_layers", shape.layers());
        config.put("pad_token_id", padToken);
        config.put("position_embedding_type", "absolute");
        config.put("torch_dtype", "float32");
        config.put("type_vocab_size", shape.tokenTypes());
        config.put("use_cache", true);
        config.put("vocab_size", shape.vocabulary());
        return JsonDocument.write(config);
    }

    private static List<Long> dims(OnnxFile file, Map<String, BertWeight> weights, String name) {
        @Nullable BertWeight weight = weights.get(name);
        if (weight == null || weight.source().dims().isEmpty()) {
            throw notBert(file, "there is no " + name);
        }
        return weight.source().dims();
    }

    /** Attention splits the hidden size by a reshape to [batch, length, heads, hidden / heads]. */
    private static int heads(OnnxFile file, long hidden) throws IOException {
        Set<Integer> candidates = new TreeSet<>();
        for (OnnxNode node : file.nodes()) {
            if (node.operation().equals("Concat") && node.name().startsWith(ATTENTION)) {
                List<Long> sizes = constants(file, node, OnnxTensor.INT64).stream()
                        .map(Double::longValue)
                        .toList();
                if (sizes.size() == 2 && sizes.getFirst() > 0 && sizes.getFirst() * sizes.getLast() == hidden) {
                    candidates.add(Math.toIntExact(sizes.getFirst()));
                }
            }
        }
        if (candidates.size() != 1) {
            throw notBert(file, "the number of attention heads cannot be told, candidates are " + candidates);
        }
        return candidates.iterator().next();
    }

    private static double epsilon(OnnxFile file) throws IOException {
        for (OnnxNode node : file.nodes()) {
            if (node.operation().equals("Add") && node.name().startsWith(NORM)) {
                List<Double> values = constants(file, node, OnnxTensor.FLOAT);
                if (values.size() == 1 && values.getFirst() > 0 && values.getFirst() < 0.01) {
                    return Double.parseDouble(Float.toString(values.getFirst().floatValue()));
                }
            }
        }
        throw notBert(file, "the epsilon of layer normalisation cannot be told");
    }

    /** The single-valued constants among a node's inputs, in order. */
    private static List<Double> constants(OnnxFile file, OnnxNode node, int elementType) throws IOException {
        List<Double> values = new ArrayList<>();
        for (String input : node.inputs()) {
            @Nullable OnnxTensor constant = file.constant(input);
            if (constant != null && constant.elementType() == elementType && constant.elements() == 1) {
                values.add(file.values(constant)[0]);
            }
        }
        return values;
    }

    private static ImportException notBert(OnnxFile file, String what) {
        return new ImportException(
                ImportProblem.NOT_BERT,
                file.name(),
                what,
                "Only encoders exported from BertModel with PyTorch can be converted");
    }
}
