package coppice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Branch;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MergingTest {
    @Test
    @Timeout(30)
    void changesThatChangedNothingDoNotStandInTheWay() {
        try (Database db = Coppice.open("mem:")) {
            db.main().space("s").put("a", "1");
            db.commit("base");
            Branch other = db.branch("other", "main");
            other.space("s").put("b", "2");
            other.commit("theirs");
            db.main().space("s").put("c", "3");
            db.commit("ours");
            db.main().space("s").put("a", "1");
            db.main().space("t").put("x", "y");
            db.main().space("t").delete("x");
            assertThat(db.main().hasChanges()).isFalse();
            assertThat(db.merge("other", Merge.into("main"))).isInstanceOf(MergeOutcome.Merged.class);
            assertThat(db.main().space("s").count()).isEqualTo(3);
        }
    }
}
