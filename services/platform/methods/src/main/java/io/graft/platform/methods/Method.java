package io.graft.platform.methods;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes a class a method of the catalogue. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Method {
    /** What it is for. */
    MethodKind kind();

    /** The name callers choose it by; lower case with underscores, the paper's where it has one. */
    String name();

    /** What a person calls it. */
    String title();

    /** Authors, title and arXiv number or venue; for what has no paper, the program that defines it. */
    String paper();

    /** One or two sentences: what it does and when to choose it. */
    String summary();

    /** What is known to disappoint, to differ from the paper, or to need care. */
    String[] notes() default {};
}
