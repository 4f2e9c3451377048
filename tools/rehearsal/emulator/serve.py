"""MiniStack with our extension, until it is told to stop."""
import sys

import engine
import spec
import types_data  # noqa: F401  (imported for what it registers)
import types_network  # noqa: F401
import types_registry
import types_services  # noqa: F401

if __name__ == "__main__":
    spec.load()
    engine.install()
    print("types added:", ", ".join(types_registry.missing_types()), file=sys.stderr)
    print("recorded only:", ", ".join(types_registry.recorded_types()), file=sys.stderr)
    from ministack.app import main
    main()
