package coppice.vector;

import coppice.api.search.Scan;
import coppice.api.search.Similarity;
import java.util.Arrays;

/// A vector to search for, in the forms in which it is compared.
///
/// @param padded as long as a row of a slab
/// @param inverseNorm of the vector
/// @param compared what codes are compared with: of length 1 for a cosine, else the vector itself
/// @param norm the length of that
/// @param turned the same as [BitCodes] have it; nothing in it when these are not asked for
record Target(Similarity similarity, float[] padded, float inverseNorm, float[] compared, double norm, float[] turned) {
    static Target of(Similarity similarity, float[] query, int length, Scan scan) {
        float inverseNorm = Slab.inverseNorm(query);
        float[] compared = Codes.compared(similarity, query, inverseNorm);
        return new Target(
                similarity,
                Arrays.copyOf(query, length),
                inverseNorm,
                compared,
                Codes.norm(compared),
                scan == Scan.BINARY ? BitCodes.turned(compared) : new float[0]);
    }
}
