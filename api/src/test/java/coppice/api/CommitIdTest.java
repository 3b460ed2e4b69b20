package coppice.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class CommitIdTest {
    private static final String DIGITS = "0123456789abcdef".repeat(4);

    @Test
    void isSixtyFourLowerCaseHexadecimalDigits() {
        assertThat(new CommitId(DIGITS).abbreviated()).isEqualTo("0123456789");
        for (String wrong : new String[] {"/", ":", "`", "g", "A", "F", " ", "\0", "\u0660", "\uffff"}) {
            assertThatIllegalArgumentException()
                    .as(wrong)
                    .isThrownBy(() -> new CommitId(DIGITS.substring(1) + wrong))
                    .withMessageContaining("64 lower-case hexadecimal digits");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new CommitId(DIGITS.substring(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new CommitId(DIGITS + "0"));
    }
}
