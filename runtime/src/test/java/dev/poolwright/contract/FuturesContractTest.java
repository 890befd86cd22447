package dev.poolwright.contract;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Pools of every kind keep every contract on several tasks. */
@ParameterizedClass(name = "{0}")
@EnumSource
final class FuturesContractTest {

  @Parameter Kind kind;

  @Nested
  final class Mapping extends MapContract {
    @Override
    Kind kind() {
      return kind;
    }
  }

  @Nested
  final class Columns extends ColumnsContract {
    @Override
    Kind kind() {
      return kind;
    }
  }

  @Nested
  final class EndsOfBatches extends MapEndContract {
    @Override
    Kind kind() {
      return kind;
    }
  }

  @Nested
  final class Waiting extends WaitContract {
    @Override
    Kind kind() {
      return kind;
    }
  }

  @Nested
  final class SiteCallbacks extends SiteCallbackContract {
    @Override
    Kind kind() {
      return kind;
    }
  }

  @Nested
  final class Contexts extends ContextContract {
    @Override
    Kind kind() {
      return kind;
    }
  }

  @Nested
  final class Feeding extends MapFeedContract {
    @Override
    Kind kind() {
      return kind;
    }
  }

  @Nested
  final class Options extends CallOptionsContract {
    @Override
    Kind kind() {
      return kind;
    }
  }
}
