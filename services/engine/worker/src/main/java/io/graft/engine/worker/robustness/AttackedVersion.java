package io.graft.engine.worker.robustness;

import io.graft.engine.metrics.robustness.AttackBudget;
import io.graft.engine.metrics.robustness.RobustnessScore;
import java.util.List;

/**
 * How a version stood an attack.
 *
 * @param labels names of its labels
 * @param rows pictures that it was measured on unchanged
 * @param right how many of them it labels rightly
 * @param pictures those that were attacked, in the order of the rows
 */
record AttackedVersion(List<String> labels, int rows, int right, AttackBudget budget, List<AttackedPicture> pictures) {
    AttackedVersion {
        labels = List.copyOf(labels);
        pictures = List.copyOf(pictures);
    }

    double accuracy() {
        return (double) right / rows;
    }

    RobustnessScore score() {
        return RobustnessScore.of(
                rows, pictures.stream().map(AttackedPicture::result).toList(), budget);
    }

    List<AttackedPicture> fooled() {
        return pictures.stream().filter(picture -> picture.result().success()).toList();
    }
}
