package io.graft.engine.metrics.scaling;

import java.util.List;

/** A law with free parameters, in a form without constraints and with sizes centred, so that fitting goes well. */
interface LawFamily {
    /** The logarithm of the predicted score. */
    double logScore(double[] parameters, double size);

    /** Starting points for a fit. */
    List<double[]> starts(List<ScalingPoint> points);

    /** The law in its usual form. */
    ScalingLaw law(double[] parameters);
}
