package io.graft.engine.pruning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class KeptSamplesTest {
    @Test
    void anyoneCanCheckTheDigest() throws IOException {
        KeptSamples kept = new KeptSamples(BitSet.valueOf(new long[] {0b100101}), 8);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        kept.write(written);

        assertThat(written.toString(StandardCharsets.US_ASCII)).isEqualTo("0\n2\n5\n");
        // printf '0\n2\n5\n' | sha256sum
        assertThat(kept.digest()).isEqualTo("18b8e5937276d20a9b2e6eab469961aaf8f291399b2c5b29eb557cbc26bda8e8");
        assertThat(kept.contains(2)).isTrue();
        assertThat(kept.contains(3)).isFalse();
    }

    @Test
    void laterChangesOfTheSetChangeNothing() {
        BitSet set = new BitSet();
        set.set(1);
        KeptSamples kept = new KeptSamples(set, 4);
        set.set(2);

        assertThat(kept.indices()).containsExactly(1);
        assertThat(kept.expectedSpeedUp()).isEqualTo(4);
    }
}
