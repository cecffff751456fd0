package io.graft.engine.methods.parametrization;

/** Factors by width. All are 1 in the standard parametrization. */
public interface Parametrization {
    /** What a parameter's learning rate and weight decay are multiplied by. */
    Scale scale(WidthShape parameter, UpdateRule rule);

    /** What a parameter's initial values are multiplied by, once. */
    double initFactor(WidthShape parameter);

    /** What the output layer's input is multiplied by in every forward pass. */
    double readoutFactor(double multiplier);

    /**
     * Refuses an optimizer that the rules do not hold for.
     *
     * @throws io.graft.platform.methods.MethodParameterException naming what is wrong
     */
    void requireFits(UpdateRule rule, double rate, double decay);

    /** Factors of one parameter. */
    record Scale(double rate, double decay) {
        /** Leaves both as they are. */
        public static final Scale ONE = new Scale(1, 1);
    }
}
