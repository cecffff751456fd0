package io.graft.engine.tensors.nn;

import io.graft.engine.tensors.OperatorLibrary;
import io.graft.engine.tensors.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scaled dot-product attention. With fewer key than query heads each key head serves several query heads. Masks are BOOL
 * (true takes part) or floats that are added to the scores, and broadcast to [batch, heads, queries, keys].
 */
public final class Attention {
    private Attention() {}

    /**
     * How scores are limited and dropped.
     *
     * @param mask or null
     * @param causal whether a position sees none after it; not together with a mask
     * @param dropout rate on the attention probabilities, 0 outside of training
     */
    public record Rules(@Nullable Tensor mask, boolean causal, double dropout) {
        List<Tensor> masks() {
            return mask == null ? List.of() : List.of(mask);
        }

        void draw(Tensor tensor) {
            if (dropout > 0) {
                tensor.torch().random().next();
            }
        }
    }

    /**
     * Factors of rotary positions, [length, head size] or [batch, length, head size].
     *
     * @param cos cosines of each pair's angle, twice: once for each half of a head
     * @param sin sines likewise, negative in the first half
     */
    public record Rotation(Tensor cos, Tensor sin) {}

    /** Keys and values so far, [batch, key heads, length, head size]. */
    public record Cache(Tensor keys, Tensor values) {}

    /** What attention over a cache gives. */
    public record Cached(Tensor output, Cache cache) {}

    /** Of tensors [batch, heads, length, head size], scaled by 1 / sqrt(head size). */
    public static Tensor scaledDotProduct(Tensor q, Tensor k, Tensor v, Rules rules) {
        rules.draw(q);
        return library(q).tensor("sdpa", q, k, v, rules.masks(), rules.causal(), rules.dropout(), 0.0);
    }

    /** Of projections [batch, length, heads * head size]; the result has the shape of the queries. */
    public static Tensor selfAttention(Tensor q, Tensor k, Tensor v, long headSize, Rules rules) {
        rules.draw(q);
        return library(q).tensor("self_attention", q, k, v, headSize, rules.masks(), rules.causal(), rules.dropout());
    }

    /** The same with rotary positions on queries and keys, in halves as Hugging Face's rotate_half. */
    public static Tensor rotary(Tensor q, Tensor k, Tensor v, long headSize, Rotation rotation, Rules rules) {
        rules.draw(q);
        return library(q)
                .tensor(
                        "rotary_attention",
                        q,
                        k,
                        v,
                        headSize,
                        rotation.cos(),
                        rotation.sin(),
                        rules.masks(),
                        rules.causal(),
                        rules.dropout());
    }

    /** Rotary attention of new positions over those of a cache, which the result extends; without dropout. */
    public static Cached cached(
            Tensor q, Tensor k, Tensor v, long headSize, Rotation rotation, @Nullable Cache past, Rules rules) {
        List<Tensor> before = past == null ? List.of() : List.of(past.keys(), past.values());
        List<Tensor> parts = library(q)
                .tensors(
                        "cached_attention",
                        q,
                        k,
                        v,
                        headSize,
                        rotation.cos(),
                        rotation.sin(),
                        before,
                        rules.masks(),
                        rules.causal());
        return new Cached(parts.get(0), new Cache(parts.get(1), parts.get(2)));
    }

    private static OperatorLibrary library(Tensor tensor) {
        return tensor.torch().library(Tensor.class, "attention.torchscript");
    }
}
