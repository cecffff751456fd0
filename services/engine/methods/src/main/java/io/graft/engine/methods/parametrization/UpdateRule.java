package io.graft.engine.methods.parametrization;

/** What an optimizer's step does with the size of a gradient, which decides how rates scale with width. */
public enum UpdateRule {
    /** Steps of about one size whatever the gradient's: Adam and its kin, with decoupled weight decay. */
    ADAPTIVE,
    /** Steps in proportion to the gradient, with weight decay added to it: SGD. */
    PROPORTIONAL
}
