-- Vectors are kept at 8 bits a number from here on. Those in single precision are computed again beside the work; until
-- then recalls find by words, names and time, and say so.
TRUNCATE "Embedding";
