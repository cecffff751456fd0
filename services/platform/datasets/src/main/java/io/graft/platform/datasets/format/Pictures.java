package io.graft.platform.datasets.format;

import io.graft.platform.datasets.file.ReadLimits;
import io.graft.platform.datasets.row.Picture;
import io.graft.platform.datasets.row.Value;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes PNG and JPEG to 8-bit RGB; the size is checked before the pixels are unpacked. Alpha is dropped. */
final class Pictures {
    private static final Set<String> FORMATS = Set.of("png", "jpeg");

    private final ReadLimits limits;

    Pictures(ReadLimits limits) {
        this.limits = limits;
    }

    Picture decode(byte[] bytes) throws PictureException {
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new PictureException("is no picture");
            }
            ImageReader reader = readers.next();
            try {
                String format = reader.getFormatName().toLowerCase(Locale.ROOT);
                if (!FORMATS.contains(format)) {
                    throw new PictureException("is a picture of the format " + format);
                }
                reader.setInput(stream, true, true);
                checkSize(reader.getWidth(0), reader.getHeight(0));
                return rgb(reader.read(0));
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException broken) {
            throw new PictureException(
                    "is a broken picture: " + Value.excerptOf(String.valueOf(broken.getMessage())), broken);
        }
    }

    private void checkSize(int width, int height) throws PictureException {
        if (width > limits.pictureSide()
                || height > limits.pictureSide()
                || (long) width * height > limits.picturePixels()) {
            throw new PictureException("is a picture of " + width + "x" + height + " pixels, beyond the limit of "
                    + limits.pictureSide() + " a side and " + limits.picturePixels() + " in all");
        }
    }

    private static Picture rgb(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        byte[] samples = new byte[width * height * 3];
        int[] line = new int[width];
        int at = 0;
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, line, 0, width);
            for (int pixel : line) {
                samples[at++] = (byte) (pixel >> 16);
                samples[at++] = (byte) (pixel >> 8);
                samples[at++] = (byte) pixel;
            }
        }
        return new Picture(width, height, 3, samples);
    }
}
