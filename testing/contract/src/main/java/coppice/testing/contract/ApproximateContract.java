package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.DatabaseException;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.search.Hit;
import coppice.api.search.Scan;
import coppice.api.search.SearchPlan;
import coppice.api.search.SearchPlan.Method;
import coppice.api.search.Similarity;
import coppice.api.search.VectorSearch;
import coppice.api.structure.Documents;
import coppice.api.structure.DocumentsView;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What holds for searches along graphs of vectors.
abstract class ApproximateContract extends Contract {
    private static final int DIMENSION = 16;
    private static final int COUNT = 2_000;

    record Picture(String id, int place) {}

    Documents<Picture> pictures;

    @BeforeEach
    void fillACollection() {
        pictures = db.collection("pictures", Picture.class);
        index(pictures, 0, COUNT);
    }

    private static void index(Documents<Picture> some, int from, int to) {
        some.batched(all -> {
            for (int i = from; i < to; i++) {
                all.index(new Picture("p" + i, i % 50), vector(i));
            }
        });
    }

    /// Around one of fifty places.
    private static float[] vector(int number) {
        SplittableRandom place = new SplittableRandom(number % 50);
        SplittableRandom random = new SplittableRandom(number);
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) (place.nextGaussian() + 0.3 * random.nextGaussian());
        }
        return vector;
    }

    private static List<String> ids(VectorSearch<Picture> search) {
        return search.hits().stream().map(Hit::id).toList();
    }

    private static void almostAllIsFound(DocumentsView<Picture> some) {
        assertThat(some.vectors().recall(40, VectorSearch::approximate).share()).isGreaterThan(0.95);
        assertThat(some.search(vector(3)).approximate().explain().method()).isEqualTo(Method.GRAPH);
    }

    @Test
    void almostAllOfTheNearestAreFound() {
        almostAllIsFound(pictures);
        SearchPlan plan = pictures.search(vector(3)).approximate(200).explain();
        assertThat(plan.method()).isEqualTo(Method.GRAPH);
        assertThat(plan.compared()).isEqualTo(200);
        assertThat(plan.vectors()).isEqualTo(COUNT);
        Hit<Picture> first = pictures.search(vector(3)).approximate().first().orElseThrow();
        assertThat(first)
                .isEqualTo(pictures.search(vector(3)).scan(Scan.FLOAT).first().orElseThrow());
        assertThat(pictures.search(vector(3)).explain().method()).isEqualTo(Method.EXACT);
        assertThat(pictures.search(vector(3))
                        .approximate()
                        .scan(Scan.FLOAT)
                        .explain()
                        .method())
                .isEqualTo(Method.EXACT);
    }

    @Test
    void conditionsWidenTheView() {
        VectorSearch<Picture> far = pictures.search(vector(3)).where("place = 17");
        assertThat(ids(far.approximate())).isEqualTo(ids(far));
        VectorSearch<Picture> near =
                pictures.search(vector(3)).where("place = 3").topK(5);
        assertThat(near.approximate().explain().method()).isEqualTo(Method.GRAPH);
        assertThat(ids(near.approximate())).isEqualTo(ids(near));
        assertThat(ids(pictures.search(vector(3)).where("place > 99").approximate()))
                .isEmpty();
    }

    @Test
    void graphsFollowBranchesVersionsAndMerges() {
        almostAllIsFound(pictures);
        db.commit("base");
        Documents<Picture> other = db.branch("other", db.head()).collection("pictures", Picture.class);
        index(other, COUNT, COUNT + 300);
        other.batched(some -> {
            for (int i = 0; i < COUNT; i += 4) {
                some.drop("p" + i);
            }
        });
        almostAllIsFound(other);
        almostAllIsFound(pictures);
        db.branch("other").commit("theirs");
        index(pictures, COUNT + 300, COUNT + 500);
        db.commit("ours");
        assertThat(db.merge("other", Merge.into("main"))).isInstanceOf(MergeOutcome.Merged.class);
        almostAllIsFound(pictures);
        assertThat(pictures.search(vector(4)).approximate().explain().vectors()).isEqualTo(COUNT * 3 / 4 + 500);
        almostAllIsFound(db.at("main~1").collection("pictures", Picture.class));
        db.main().run(tx -> {
            Documents<Picture> own = tx.collection("pictures", Picture.class);
            own.index(new Picture("mine", 1), vector(7));
            assertThat(ids(own.search(vector(7)).approximate())).contains("mine");
        });
        reopenIfPossible();
        almostAllIsFound(db.collection("pictures", Picture.class));
    }

    @Test
    void whatHasNoGraphIsRefused() {
        Documents<Picture> other = db.collection("other", Picture.class).with(Similarity.MANHATTAN);
        assertThat(ids(other.search(vector(1)).approximate())).isEmpty();
        other.index(new Picture("a", 1), vector(1));
        assertThatThrownBy(() -> other.search(vector(1)).approximate().hits())
                .isInstanceOf(DatabaseException.Incorrect.class)
                .hasMessageContaining("MANHATTAN");
        assertThatThrownBy(() -> other.search(vector(1)).approximate(0)).hasMessageContaining("At least 1");
    }
}
