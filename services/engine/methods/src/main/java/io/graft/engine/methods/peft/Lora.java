package io.graft.engine.methods.peft;

import io.graft.engine.tensors.Scope;
import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.MethodParameterException;
import io.graft.platform.methods.NameSelection;
import io.graft.platform.methods.Param;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Low-rank adapters in all the variants of {@link LoraConfig}. */
@Method(
        kind = MethodKind.ADAPTER,
        name = Lora.NAME,
        title = "LoRA and its variants",
        paper =
                "E. Hu et al., LoRA: Low-Rank Adaptation of Large Language Models, arXiv 2106.09685; DoRA: arXiv 2402.09353;"
                        + " rsLoRA: arXiv 2312.03732; LoRA+: arXiv 2402.12354; PiSSA: arXiv 2404.02948; OLoRA: arXiv 2406.01775;"
                        + " EVA: arXiv 2410.07170",
        summary =
                "Trains a low-rank correction of chosen linear layers, exchanged with Hugging Face PEFT in its own files.",
        notes = {
            "Adapts linear layers only: targets that are embeddings or convolutions are not matched.",
            "An adapter that pissa or olora started is stored as an ordinary one of twice the rank, which fits the base.",
            "eva computes an exact principal component analysis of the samples it is given; PEFT an incremental one.",
            "r above what a layer can use is refused; PEFT accepts it."
        })
public final class Lora implements AdapterMethod<Lora.Params> {
    static final String NAME = "lora";

    /** See the components' documentation. */
    public record Params(
            @Param(doc = "rank of the correction", byDefault = "8", min = 1)
            int r,

            @Param(doc = "numerator of the scaling alpha/r", byDefault = "8", min = 0, aboveMin = true)
            double alpha,

            @Param(
                    doc = "probability that an input of the correction is dropped",
                    byDefault = "0",
                    min = 0,
                    max = 1,
                    belowMax = true)
            double dropout,

            @Param(
                    doc = "linear layers to adapt: a list of names or their last parts, a regular expression, or"
                            + " all-linear; the usual ones of the model's type when empty")
            NameSelection targetModules,

            @Param(doc = "layers to leave out, in the same grammar")
            NameSelection excludeModules,

            @Param(doc = "indices of the only blocks to adapt; with a list of targets only", min = 0)
            List<Integer> layersToTransform,

            @Param(doc = "names of the lists that the indices count")
            List<String> layersPattern,

            @Param(doc = "rank by regular expression over a layer's name", min = 1)
            Map<String, Double> rankPattern,

            @Param(doc = "alpha by regular expression over a layer's name", min = 0, aboveMin = true)
            Map<String, Double> alphaPattern,

            @Param(
                    doc = "whether to scale by alpha/sqrt(r), which keeps updates from shrinking with r",
                    byDefault = "false")
            boolean useRslora,

            @Param(
                    doc = "whether to train the magnitude of each row apart from its direction (DoRA)",
                    byDefault = "false")
            boolean useDora,

            @Param(doc = "how the factors start", byDefault = "kaiming")
            Initialization init,

            @Param(doc = "which biases of the model are trained, too", byDefault = "none")
            BiasMode bias,

            @Param(doc = "last parts of names of modules that are trained and stored whole")
            List<String> modulesToSave,

            @Param(
                    doc = "how many times faster B learns than A (LoRA+); 16 in its paper",
                    byDefault = "1",
                    min = 0,
                    aboveMin = true)
            double loraplusRatio,

            @Param(doc = "how many times its rank a layer may get when eva shares ranks out", byDefault = "2", min = 1)
            double evaRho) {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public FineTuning prepare(Params params, BaseModel base, Scope home, List<Runnable> samples) {
        LoraConfig config = config(params);
        AdapterAssembly assembly = new AdapterAssembly(base, home);
        LoraAdapter adapter = params.init() == Initialization.EVA
                ? assembly.create(config, new EvaStart(params.evaRho(), samples))
                : assembly.create(config);
        return new FineTuning.Adapted(adapter, adapter.groups(params.loraplusRatio()));
    }

    /**
     * The configuration that the parameters mean, before the model adds to it.
     *
     * @throws AdapterException naming every setting that excludes another
     * @throws MethodParameterException if a rank is not whole
     */
    public static LoraConfig config(Params params) {
        Map<String, Integer> ranks = new LinkedHashMap<>();
        params.rankPattern().forEach((key, rank) -> {
            if (rank != Math.rint(rank) || rank > Integer.MAX_VALUE) {
                throw new MethodParameterException(
                        NAME, "rank_pattern", key + ": " + rank + " is not a whole number; give one from 1");
            }
            ranks.put(key, rank.intValue());
        });
        return new LoraConfig(
                params.r(),
                params.alpha(),
                params.dropout(),
                params.targetModules(),
                params.excludeModules(),
                params.layersToTransform(),
                params.layersPattern(),
                ranks,
                params.alphaPattern(),
                params.useRslora(),
                params.useDora(),
                params.init(),
                params.bias(),
                params.modulesToSave(),
                null,
                null);
    }
}
