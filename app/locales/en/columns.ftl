# columns
