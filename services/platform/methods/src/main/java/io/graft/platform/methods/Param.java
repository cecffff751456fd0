package io.graft.platform.methods;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a component of a record of parameters. A component without a default must be given, unless it is optional
 * (its type is then a box or a class, and it is null when absent) or a collection (it is then empty).
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Param {
    /** What it does, with its unit. */
    String doc();

    /** The value when absent, as text; empty for none. */
    String byDefault() default "";

    /** Whether it may be absent with no default. */
    boolean optional() default false;

    /** The least value; of a collection, of each number in it. */
    double min() default Double.NEGATIVE_INFINITY;

    /** The greatest value; of a collection, of each number in it. */
    double max() default Double.POSITIVE_INFINITY;

    /** Whether the least value itself is excluded. */
    boolean aboveMin() default false;

    /** Whether the greatest value itself is excluded. */
    boolean belowMax() default false;

    /** Name, as on the wire, of a parameter that must be greater; empty for none. */
    String below() default "";

    /** Name, as on the wire, of a parameter that must not be less; empty for none. */
    String atMost() default "";
}
