import { prove } from "@/tests/support/check-laws";
import { order } from "./statements/order";

prove(order);
