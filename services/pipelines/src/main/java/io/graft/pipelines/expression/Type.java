package io.graft.pipelines.expression;

import com.google.protobuf.Descriptors.Descriptor;

/** What a variable or a result is. */
public sealed interface Type {
    /** Text. */
    record Text() implements Type {}

    /** A whole number of 64 bits. */
    record Whole() implements Type {}

    /** A number. */
    record Decimal() implements Type {}

    /** True or false. */
    record Flag() implements Type {}

    /** A list of texts. */
    record Texts() implements Type {}

    /** A message of the API. */
    record Of(Descriptor message) implements Type {}

    /** Known only when it runs; or, for a result, anything. */
    record Any() implements Type {}
}
