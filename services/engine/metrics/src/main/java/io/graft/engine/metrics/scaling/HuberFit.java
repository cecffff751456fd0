package io.graft.engine.metrics.scaling;

import java.util.List;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresOptimizer.Optimum;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.util.Pair;

/**
 * Minimises Huber's loss of the logarithms of the scores by Levenberg and Marquardt: a residual r beyond delta enters as
 * {@code sqrt(2 delta |r| - delta^2)}, whose square is Huber's loss.
 */
record HuberFit(LawFamily family, List<ScalingPoint> points, double delta, FitTime time) {
    private static final int MAX_EVALUATIONS = 2000;
    private static final double STEP = 1e-6;
    private static final int PARAMETERS = 3;

    record Solution(double[] parameters, double loss) {}

    /** The best of several starts. */
    Solution best(List<double[]> starts) {
        Solution best = new Solution(starts.getFirst(), Double.POSITIVE_INFINITY);
        for (double[] start : starts) {
            Solution solution = from(start);
            if (solution.loss() < best.loss()) {
                best = solution;
            }
        }
        return best;
    }

    private Solution from(double[] start) {
        try {
            Optimum optimum = new LevenbergMarquardtOptimizer()
                    .withCostRelativeTolerance(1e-15)
                    .withParameterRelativeTolerance(1e-14)
                    .withOrthoTolerance(1e-15)
                    .optimize(new LeastSquaresBuilder()
                            .model(this::valueAndJacobian)
                            .target(new double[points.size()])
                            .start(start)
                            .lazyEvaluation(false)
                            .maxEvaluations(MAX_EVALUATIONS)
                            .maxIterations(MAX_EVALUATIONS)
                            .build());
            double[] found = optimum.getPoint().toArray();
            return new Solution(found, loss(found));
        } catch (MathIllegalStateException noConvergence) {
            return new Solution(start, loss(start));
        }
    }

    private double loss(double[] parameters) {
        double loss = points.stream()
                .mapToDouble(point -> transformed(parameters, point))
                .map(r -> r * r / 2)
                .sum();
        return Double.isNaN(loss) ? Double.POSITIVE_INFINITY : loss;
    }

    private Pair<RealVector, RealMatrix> valueAndJacobian(RealVector parameters) {
        time.check();
        double[] p = parameters.toArray();
        double[] values = new double[points.size()];
        double[][] jacobian = new double[points.size()][PARAMETERS];
        for (int i = 0; i < values.length; i++) {
            values[i] = transformed(p, points.get(i));
            for (int j = 0; j < PARAMETERS; j++) {
                double[] above = p.clone();
                double[] below = p.clone();
                above[j] += STEP;
                below[j] -= STEP;
                jacobian[i][j] = (transformed(above, points.get(i)) - transformed(below, points.get(i))) / (2 * STEP);
            }
        }
        return new Pair<>(new ArrayRealVector(values, false), new Array2DRowRealMatrix(jacobian, false));
    }

    private double transformed(double[] parameters, ScalingPoint point) {
        double residual = family.logScore(parameters, point.size()) - Math.log(point.score());
        double distance = Math.abs(residual);
        return distance <= delta ? residual : Math.copySign(Math.sqrt(2 * delta * distance - delta * delta), residual);
    }
}
